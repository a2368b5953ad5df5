import { XProvider } from "@ant-design/x";
import { useEffect, useState } from "react";
import type { InterfaceLanguage } from "../shared/wire.ts";
import { keepLanguage, readAskedLanguage, readKeptLanguage } from "../words/kept-language.ts";
import { LanguageProvider, toLocale } from "../words/words.ts";
import { ChatPage } from "./chat-page.tsx";
import { ConfirmProvider } from "./confirm-dialog.tsx";
import { Conversation } from "./conversation.ts";
import { isAtEnd } from "./scroll.ts";
import { useTheme } from "./theme.ts";

export interface ChatAppProps {
  park: string;
  /** In a frame of another page. */
  embedded: boolean;
  nonce?: string;
}

export function ChatApp({ park, embedded, nonce }: ChatAppProps) {
  const [language, setLanguage] = useState(() => readKeptLanguage() ?? readAskedLanguage());
  const [conversation] = useState(() => new Conversation({ language: readKeptLanguage, isAtEnd, embedded }));
  useEffect(() => {
    void conversation.open();
    return conversation.close;
  }, [conversation]);
  useEffect(() => {
    document.documentElement.lang = toLocale(language);
  }, [language]);
  const choose = (chosen: InterfaceLanguage) => {
    keepLanguage(chosen);
    setLanguage(chosen);
    void conversation.refreshExamples();
  };
  return (
    <XProvider
      {...(nonce && { csp: { nonce } })}
      theme={useTheme()}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <LanguageProvider value={language}>
        <ConfirmProvider>
          <ChatPage
            conversation={conversation}
            park={park}
            embedded={embedded}
            language={language}
            onLanguage={choose}
          />
        </ConfirmProvider>
      </LanguageProvider>
    </XProvider>
  );
}
