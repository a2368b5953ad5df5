/** A refusal of the server, in words for people. */
export class ServiceError extends Error {
  constructor(status, message, id) {
    super(message);
    this.status = status;
    this.id = id;
  }
}

/** Makes sure that the browser holds a session cookie; `renew` leaves the present conversation. */
export async function openSession(renew = false) {
  return post("/api/v1/chat/session", { renew });
}

/** Safe to repeat with the same id: a message is accepted once. */
export async function sendMessage(clientMessageId, text) {
  return post("/api/v1/chat/messages", { clientMessageId, text });
}

/** A pressed button or a submitted form: its place in a reply, its name, and the form's contents. Safe to repeat as well. */
export async function sendAction(clientMessageId, action) {
  return post("/api/v1/chat/actions", { clientMessageId, ...action });
}

/**
 * Listens for turns, first those that are stored, then new ones. The browser reconnects by itself; after a refusal
 * (which ends an EventSource) a new session check and connection follow.
 * @param {{onTurn: (turn: object) => void, onReady: () => void, onLost: () => void}} listeners
 */
export function listen({ onTurn, onReady, onLost }) {
  let source;
  let closed = false;
  let retry;
  const connect = () => {
    source = new EventSource("/api/v1/chat/events");
    source.addEventListener("turn", (event) => onTurn(JSON.parse(event.data)));
    source.addEventListener("ready", onReady);
    source.addEventListener("error", () => {
      if (closed) return;
      onLost();
      if (source.readyState === EventSource.CLOSED) {
        retry = setTimeout(
          () => openSession().then(connect, () => source.dispatchEvent(new Event("error"))),
          3000,
        );
      }
    });
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(retry);
    source.close();
  };
}

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ServiceError(0, "网络连接失败，请检查网络后重试。");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new ServiceError(
    response.status,
    answer.error?.message ?? "服务暂时不可用，请稍后重试。",
    answer.error?.id,
  );
}
