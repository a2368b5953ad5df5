import { useCallback, useRef, useSyncExternalStore } from "react";
import type { InterfaceLanguage } from "../shared/wire.ts";
import { useWords } from "../words/words.ts";
import { Announcer } from "./announcer.tsx";
import { Composer, type ComposerHandle } from "./composer.tsx";
import type { Conversation } from "./conversation.ts";
import { MessageLog } from "./message-log.tsx";
import { SiteHeader } from "./site-header.tsx";
import { useLauncher } from "./use-launcher.ts";
import { WelcomePanel } from "./welcome-panel.tsx";

export interface ChatPageProps {
  conversation: Conversation;
  park: string;
  embedded: boolean;
  language: InterfaceLanguage;
  onLanguage(language: InterfaceLanguage): void;
}

export function ChatPage({ conversation, park, embedded, language, onLanguage }: ChatPageProps) {
  const words = useWords();
  const state = useSyncExternalStore(conversation.subscribe, conversation.getState);
  const composer = useRef<ComposerHandle>(null);
  const focusQuestion = useCallback(() => composer.current?.focus(), []);
  useLauncher({ enabled: embedded, news: state.news, onOpened: focusQuestion });
  const renew = async () => {
    await conversation.renew();
    focusQuestion();
  };
  const isEmpty = state.exchanges.length === 0;
  return (
    <div className={embedded ? "chat-page chat-page--embedded" : "chat-page"}>
      <a className="skip-link" href="#question">
        {words.skip}
      </a>
      <SiteHeader
        park={park}
        embedded={embedded}
        visitor={state.visitor}
        language={language}
        onLanguage={onLanguage}
        onNewConversation={renew}
      />
      <main className="chat" id="main">
        {isEmpty && (
          <WelcomePanel examples={state.examples} onAsk={(question) => conversation.ask(question)} />
        )}
        <MessageLog state={state} conversation={conversation} />
      </main>
      <Composer ref={composer} state={state} onSend={conversation.ask} />
      <Announcer news={state.news} />
    </div>
  );
}
