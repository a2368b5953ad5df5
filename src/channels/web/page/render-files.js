import { element } from "./dom.js";

/** A generated file to be downloaded. */
export function renderFile({ fileId, name, bytes }, words) {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  const size = kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  return element(
    "p",
    { class: "file" },
    element(
      "a",
      { class: "file__link", href: `/files/${encodeURIComponent(fileId)}` },
      `${words.download} ${name}`,
    ),
    element("span", { class: "file__size" }, size),
  );
}

/** Where it cannot be shown, its description stands in. */
export function renderPicture({ fileId, alt }, words) {
  const image = element("img", {
    class: "picture__image",
    src: `/files/${encodeURIComponent(fileId)}`,
    alt,
    loading: "lazy",
  });
  const figure = element("figure", { class: "picture" }, image);
  image.addEventListener("error", () => {
    image.replaceWith(element("p", { class: "picture__missing" }, `${words.picture}：${alt}`));
  });
  return figure;
}
