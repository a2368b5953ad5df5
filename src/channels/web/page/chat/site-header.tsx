import { Button } from "antd";
import type { InterfaceLanguage, Visitor } from "../shared/wire.ts";
import { toLocale, useWords } from "../words/words.ts";
import { VisitorMenu } from "./visitor-menu.tsx";

const SEAL = new URL("../seal.svg", import.meta.url).href;

export interface SiteHeaderProps {
  park: string;
  embedded: boolean;
  visitor: Visitor | undefined;
  language: InterfaceLanguage;
  onLanguage(language: InterfaceLanguage): void;
  onNewConversation(): void;
}

export function SiteHeader(props: SiteHeaderProps) {
  const { park, embedded, visitor, language, onLanguage, onNewConversation } = props;
  const words = useWords();
  const other = language === "zh" ? "en" : "zh";
  return (
    <header className="site-header">
      <div className="site-header__inner">
        <img className="site-header__seal" src={SEAL} alt="" width="40" height="40" />
        <div className="site-header__names">
          <h1 className="site-header__name">
            <span className="site-header__part" lang="zh-CN">
              {park}
            </span>
            <span className="site-header__part">{words.assistant}</span>
          </h1>
          {!embedded && <p className="site-header__motto">{words.motto}</p>}
        </div>
        <div className="site-header__tools">
          <VisitorMenu visitor={visitor} embedded={embedded} />
          <Button
            size="small"
            className="header-button"
            lang={toLocale(other)}
            title={words.languageHint}
            onClick={() => onLanguage(other)}
          >
            {words.language}
          </Button>
          <Button size="small" className="header-button" onClick={onNewConversation}>
            {words.newConversation}
          </Button>
        </div>
      </div>
    </header>
  );
}
