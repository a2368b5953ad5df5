import { listen, openSession, sendAction, sendMessage } from "./chat-service.js";
import { byId, element } from "./dom.js";
import { renderExample, renderReply } from "./render-reply.js";
import { showLibrary } from "./show-library.js";
import { createUnanswered } from "./unanswered.js";

const LONG_QUESTION = 1800;

const log = byId("log");
const form = byId("form");
const input = byId("question");
const status = byId("status");
/** Shown exchanges by the client's message id. */
const shown = new Map();
/** What waits for the outcome of a pressed button. */
const settled = new Map();
let unanswered;
let stopListening = () => undefined;
/** Resolves when the browser holds a session; nothing is sent before. */
let sessionOpened;

function ask(text) {
  const question = text.trim();
  if (question !== "") begin(question);
}

/** Resolves when the reply is there, or the sending has failed. */
function press(action, label) {
  return new Promise((resolve) => {
    settled.set(begin(label, action), resolve);
  });
}

function begin(text, action) {
  const clientMessageId = crypto.randomUUID?.() ?? randomId();
  showQuestion(clientMessageId, text);
  deliver(clientMessageId, text, action);
  scrollToEnd();
  return clientMessageId;
}

async function deliver(clientMessageId, text, action) {
  showWaiting(clientMessageId);
  await sessionOpened;
  unanswered.add(clientMessageId, text, action);
  try {
    if (action) await sendAction(clientMessageId, action);
    else await sendMessage(clientMessageId, text);
  } catch (error) {
    // Refused for good: no later try of the same message will do better.
    if (error.status === 400 || error.status === 413) unanswered.remove(clientMessageId);
    showFailure(clientMessageId, text, error, action);
  }
}

function showQuestion(clientMessageId, text) {
  const known = shown.get(clientMessageId);
  if (known) return known;
  // A correction comes without a question.
  const item = element("li", { class: "turn" }, text !== "" && element("p", { class: "question" }, text));
  shown.set(clientMessageId, item);
  log.append(item);
  byId("welcome").hidden = true;
  return item;
}

/** Waiting, failure or reply. A reply stays, also when the answer to the sending got lost. */
function replaceOutcome(clientMessageId, node) {
  const item = shown.get(clientMessageId);
  if (!item || item.querySelector(".reply")) return;
  item.querySelector(".outcome")?.remove();
  item.append(element("div", { class: "outcome" }, node));
}

function showWaiting(clientMessageId) {
  const dots = element("span", { class: "waiting__dots", "aria-hidden": "true" });
  dots.append(element("i"), element("i"), element("i"));
  replaceOutcome(clientMessageId, element("p", { class: "waiting" }, dots, "正在查阅文件"));
}

function showFailure(clientMessageId, text, error, action) {
  settle(clientMessageId);
  const retry = element(
    "button",
    { class: "button button--link", type: "button", onclick: () => deliver(clientMessageId, text, action) },
    "重试",
  );
  const number = error.id ? `（编号 ${error.id}）` : "";
  replaceOutcome(
    clientMessageId,
    element("p", { class: "failure", role: "alert" }, `未能发送：${error.message}${number}`, retry),
  );
}

function settle(clientMessageId) {
  settled.get(clientMessageId)?.();
  settled.delete(clientMessageId);
}

function showTurn(turn) {
  unanswered.remove(turn.clientMessageId);
  settle(turn.clientMessageId);
  const item = showQuestion(turn.clientMessageId, turn.question);
  if (item.querySelector(".reply")) return;
  const atEnd = isAtEnd();
  const reply = renderReply(turn.reply, {
    question: turn.pressed ? "" : turn.question,
    at: turn.at,
    ask,
    press: (place, label, form) => press({ turnId: turn.turnId, ...place, ...(form && { form }) }, label),
  });
  replaceOutcome(turn.clientMessageId, reply);
  if (atEnd && log.lastElementChild === item) item.scrollIntoView({ block: "start" });
}

/** What was sent before a reload: sending again is harmless and makes sure that it arrived. */
function resumeUnanswered() {
  status.textContent = "";
  log.setAttribute("aria-busy", "false");
  for (const { clientMessageId, text, action } of unanswered.all()) {
    if (shown.get(clientMessageId)?.querySelector(".waiting")) continue;
    showQuestion(clientMessageId, text);
    deliver(clientMessageId, text, action);
  }
}

async function openConversation(renew) {
  for (;;) {
    try {
      const { session, examples } = await openSession(renew);
      unanswered = createUnanswered(session);
      byId("examples").replaceChildren(...examples.map((question) => renderExample(question, ask)));
      break;
    } catch (error) {
      status.textContent = `${error.message} 正在重试…`;
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
  status.textContent = "";
  log.setAttribute("aria-busy", "true");
  stopListening = listen({
    onTurn: showTurn,
    onReady: resumeUnanswered,
    onLost: () => {
      status.textContent = "连接已断开，正在重新连接…";
    },
  });
}

async function renewConversation() {
  stopListening();
  shown.clear();
  log.replaceChildren();
  byId("welcome").hidden = false;
  sessionOpened = openConversation(true);
  await sessionOpened;
  input.focus();
}

function isAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  return scrollHeight - scrollTop - clientHeight < 240;
}

function scrollToEnd() {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}

function fitInput() {
  input.rows = 1;
  const lineHeight = Number.parseFloat(getComputedStyle(input).lineHeight);
  const padding = Number.parseFloat(getComputedStyle(input).paddingBlock) * 2;
  input.rows = Math.min(6, Math.max(1, Math.round((input.scrollHeight - padding) / lineHeight)));
  const length = input.value.length;
  byId("count").textContent = length > LONG_QUESTION ? `已输入 ${length} 字，最多 2000 字。` : "";
}

function submit() {
  ask(input.value);
  input.value = "";
  fitInput();
  input.focus();
}

/** For pages that are neither HTTPS nor local, where browsers offer no randomUUID. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
input.addEventListener("input", fitInput);
input.addEventListener("keydown", (event) => {
  // While an input method composes, Enter chooses a word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
byId("new-conversation").addEventListener("click", renewConversation);
showLibrary(byId("library"), byId("library-list"));
sessionOpened = openConversation(false);
