const KEY = "xiance-unanswered";

/**
 * Messages of this browser that have no reply yet, so that a reload or a restart of the service loses none. They belong to
 * one session; those of another are dropped.
 */
export function createUnanswered(session) {
  let entries = read(session);
  const save = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ session, entries }));
    } catch {
      // Private browsing without storage: the page works, only a reload forgets what is unanswered.
    }
  };
  return {
    all: () => [...entries],
    /** `action`: of a pressed button; `text` is then what stands on it. */
    add(clientMessageId, text, action) {
      entries = [
        ...entries.filter((entry) => entry.clientMessageId !== clientMessageId),
        { clientMessageId, text, ...(action && { action }) },
      ];
      save();
    },
    remove(clientMessageId) {
      entries = entries.filter((entry) => entry.clientMessageId !== clientMessageId);
      save();
    },
  };
}

function read(session) {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return stored.session === session && Array.isArray(stored.entries) ? stored.entries : [];
  } catch {
    return [];
  }
}
