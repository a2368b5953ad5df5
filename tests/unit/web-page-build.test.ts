import { describe, expect, it } from "vitest";
import { digestSources } from "../../src/channels/web/page-build/digest-sources.ts";
import { createNonce, loadPage } from "../../src/channels/web/page-build/load-page.ts";
import { silentLogger } from "../../src/shared/index.ts";

describe("the built page", () => {
  it("bears the park's name as text, its nonce, and no placeholder that is left over", async () => {
    const page = await loadPage(silentLogger);
    const nonce = createNonce();
    const chat = page.chat({ parkName: '<b>"青岚"&园</b>', mode: "embed", nonce });
    expect(chat).toContain("&#60;b&#62;&#34;青岚&#34;&#38;园&#60;/b&#62;政策助手");
    expect(chat).not.toContain("<b>");
    expect(chat).toContain(`nonce="${nonce}"`);
    expect(chat).toContain('data-mode="embed"');
    expect(chat + page.document({ parkName: "青岚园" })).not.toMatch(/\{\{/);
    // What the policy forbids.
    expect(chat).not.toMatch(/<style|style="|<script(?![^>]* src=)/);
  });

  it("has every file that the pages name, compressed", async () => {
    const page = await loadPage(silentLogger);
    const chat = page.chat({ parkName: "园", mode: "page", nonce: createNonce() });
    const pages = chat + page.document({ parkName: "园" });
    const named = [...pages.matchAll(/\/assets\/([\w-]+\.\w+)/g)].map(([, name]) => name ?? "");
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !page.assets.has(name))).toEqual([]);
    for (const [name, { bytes, brotli }] of page.assets)
      if (bytes.length > 1_000) expect(brotli?.length, name).toBeLessThan(bytes.length * 0.6);
  });

  it("gets a new nonce for every response", () => {
    expect(createNonce()).not.toBe(createNonce());
  });

  it("is known by the same digest while nothing changes", async () => {
    expect(await digestSources()).toBe(await digestSources());
  });
});
