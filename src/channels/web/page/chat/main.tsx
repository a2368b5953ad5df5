import "../styles/base.css";
import "../styles/header.css";
import "../styles/chat.css";
import "../styles/composer.css";
import "../styles/reply.css";
import "../styles/citation.css";
import "../styles/program.css";
import "../styles/actions.css";
import { createRoot } from "react-dom/client";
import { ChatApp } from "./chat-app.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("#root is missing");
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
createRoot(root).render(
  <ChatApp
    park={root.dataset["park"] ?? ""}
    embedded={root.dataset["mode"] === "embed"}
    {...(nonce && { nonce })}
  />,
);
