/*
 * 贤策 on another site's page: a button that opens the chat in a frame.
 *
 *   <script src="https://policy.example.gov.cn/embed.js" async
 *           data-language="zh" data-position="right" data-label="政策咨询"></script>
 *
 * The host page's content security policy needs this server in `script-src` and `frame-src`, and nothing else: no inline
 * scripts, no style elements, no style attributes. Everything drawn here stands in a tree of its own.
 */

{
  const WORDS = {
    zh: {
      launch: "政策咨询",
      title: "贤策政策助手",
      close: "关闭",
      apart: "在新窗口打开",
      unread: (count) => `${count} 条新回复`,
    },
    en: {
      launch: "Ask about policies",
      title: "Xiance policy assistant",
      close: "Close",
      apart: "Open in a new window",
      unread: (count) => `${count} new ${count === 1 ? "reply" : "replies"}`,
    },
  };

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .launch, .panel { position: fixed; z-index: 2147483000;
      font: 500 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    .right { right: 20px; }
    .left { left: 20px; }
    .launch { bottom: 20px; min-height: 48px; padding: 10px 22px; border: 1px solid #083a66; border-radius: 24px;
      background: #0b4a82; color: #fff; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
    .launch:hover { background: #083a66; }
    .launch:focus-visible, .bar button:focus-visible, .bar a:focus-visible { outline: 3px solid #1a66d6; outline-offset: 2px; }
    .badge { margin-inline-start: 8px; padding: 0 8px; border-radius: 10px; background: #fff; color: #083a66; font-size: 14px; }
    .panel { bottom: 84px; width: min(420px, calc(100vw - 40px)); height: min(680px, calc(100vh - 108px));
      display: flex; flex-direction: column; overflow: hidden; border: 1px solid #c9c4bd; border-radius: 12px;
      background: #fff; box-shadow: 0 12px 40px rgb(0 0 0 / .3); }
    [hidden] { display: none !important; }
    .bar { display: flex; align-items: center; gap: 12px; padding: 6px 8px 6px 16px; background: #0b4a82; color: #fff; }
    .bar .name { flex: 1; font-size: 15px; }
    .bar a { color: #fff; font-size: 13px; font-weight: 400; }
    .bar button { min-width: 44px; min-height: 36px; border: 1px solid transparent; border-radius: 8px; background: none;
      color: #fff; font: inherit; font-size: 14px; cursor: pointer; }
    .bar button:hover { border-color: #fff; }
    iframe { flex: 1; width: 100%; border: 0; background: #fff; color-scheme: light dark; }
    .edge { position: absolute; width: 1px; height: 1px; overflow: hidden; }
    @media (max-width: 520px) {
      .panel { inset: 0; width: 100%; height: 100%; height: 100dvh; border: 0; border-radius: 0; }
      .launch[aria-expanded="true"] { visibility: hidden; }
    }
    @media (prefers-color-scheme: dark) { .panel, iframe { background: #1d1b19; border-color: #55504a; } }
    @media (forced-colors: active) { .launch, .bar button { border-color: ButtonText; } }
    @media print { .launch, .panel { display: none; } }
  `;

  const make = (name, attributes, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  /** What the script element says, with what holds where it says nothing. */
  const readSettings = ({ src, dataset }) => {
    const asked = (dataset.language || document.documentElement.lang || "zh").toLowerCase();
    const language = asked.startsWith("en") ? "en" : "zh";
    const words = WORDS[language];
    return {
      home: new URL(src).origin,
      language,
      words,
      side: dataset.position === "left" ? "left" : "right",
      label: (dataset.label || "").trim().slice(0, 20) || words.launch,
    };
  };

  const draw = ({ home, words, side, label }) => {
    const host = document.createElement("xiance-chat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const state = { "aria-expanded": "false", "aria-haspopup": "dialog" };
    const launch = make("button", { type: "button", class: `launch ${side}`, ...state });
    const badge = make("span", { class: "badge", hidden: "" });
    launch.append(label, badge);
    const dialog = { id: "panel", role: "dialog", "aria-label": words.title };
    const panel = make("div", { class: `panel ${side}`, ...dialog, hidden: "" });
    const close = make("button", { type: "button" }, words.close);
    const apart = make("a", { href: `${home}/`, target: "_blank", rel: "noopener" }, words.apart);
    const bar = make("div", { class: "bar" });
    bar.append(make("span", { class: "name", "aria-hidden": "true" }, words.title), apart, close);
    // Where the chat covers the whole screen, nothing behind it may be reached by the tabulator.
    const first = make("span", { class: "edge", "aria-hidden": "true" });
    const last = make("span", { class: "edge", "aria-hidden": "true" });
    panel.append(first, bar, last);
    root.append(launch, panel);
    launch.setAttribute("aria-controls", "panel");
    return { host, root, launch, badge, panel, close, apart, first, last };
  };

  const makeFrame = ({ home, language, words }) =>
    make("iframe", {
      src: `${home}/embed?language=${language}`,
      title: words.title,
      allow: "clipboard-write",
      referrerpolicy: "origin",
    });

  /** Opening and closing, by the button, the keyboard, the chat itself and the host page's scripts. */
  const bring = (settings, parts) => {
    const { launch, badge, panel, first, last } = parts;
    const covers = window.matchMedia("(max-width: 520px)");
    const isOpen = () => !panel.hidden;
    let frame;

    const tell = (what) => frame?.contentWindow?.postMessage({ xiance: what }, settings.home);
    const showUnread = (count) => {
      badge.textContent = count > 0 ? settings.words.unread(count) : "";
      badge.hidden = count <= 0;
    };
    const coverOrStand = () => {
      const isModal = isOpen() && covers.matches;
      panel.toggleAttribute("aria-modal", false);
      if (isModal) panel.setAttribute("aria-modal", "true");
      for (const edge of [first, last]) edge.tabIndex = isModal ? 0 : -1;
    };
    const open = () => {
      if (isOpen()) return;
      if (!frame) {
        frame = makeFrame(settings);
        frame.addEventListener("load", () => isOpen() && tell("opened"));
        panel.insertBefore(frame, last);
      }
      panel.hidden = false;
      launch.setAttribute("aria-expanded", "true");
      coverOrStand();
      showUnread(0);
      frame.focus();
      tell("opened");
    };
    const shut = () => {
      if (!isOpen()) return;
      panel.hidden = true;
      launch.setAttribute("aria-expanded", "false");
      tell("closed");
      launch.focus();
    };

    coverOrStand();
    covers.addEventListener("change", coverOrStand);
    return { isOpen, open, shut, showUnread, frame: () => frame };
  };

  const listen = (settings, parts, chat) => {
    const { root, launch, close, apart, first, last } = parts;
    launch.addEventListener("click", () => (chat.isOpen() ? chat.shut() : chat.open()));
    close.addEventListener("click", chat.shut);
    first.addEventListener("focus", () => chat.frame()?.focus());
    last.addEventListener("focus", () => apart.focus());
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !chat.isOpen()) return;
      event.stopPropagation();
      chat.shut();
    });
    window.addEventListener("message", ({ source, origin, data }) => {
      const isChat = source !== null && source === chat.frame()?.contentWindow && origin === settings.home;
      if (!isChat || typeof data !== "object" || data === null) return;
      if (data.xiance === "close") chat.shut();
      const count = Math.min(99, Math.trunc(Number(data.count)) || 0);
      if (data.xiance === "unread" && !chat.isOpen()) chat.showUnread(count);
    });
  };

  const script = document.currentScript;
  if (script?.src && !window.xiance) {
    const settings = readSettings(script);
    const parts = draw(settings);
    const chat = bring(settings, parts);
    listen(settings, parts, chat);
    window.xiance = Object.freeze({ open: chat.open, close: chat.shut });
    if (document.body) document.body.append(parts.host);
    else document.addEventListener("DOMContentLoaded", () => document.body.append(parts.host));
  }
}
