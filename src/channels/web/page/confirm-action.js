import { element } from "./dom.js";

/** Asks before something goes out; resolves to whether it may. Escape and the cancel button say no. */
export function confirmAction(question, words) {
  return new Promise((resolve) => {
    const cancel = element("button", { class: "button button--quiet", type: "button" }, words.cancel);
    const confirm = element("button", { class: "button button--primary", type: "button" }, words.confirm);
    const dialog = element(
      "dialog",
      { class: "confirm", "aria-labelledby": "confirm-question" },
      element("p", { id: "confirm-question" }, question),
      element("div", { class: "actions" }, cancel, confirm),
    );
    let agreed = false;
    cancel.addEventListener("click", () => dialog.close());
    confirm.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(agreed);
    });
    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
  });
}
