/** A platform with whose accounts people sign in to the web chat and the console (OAuth 2 with PKCE). */
export interface SignInProvider {
  /** In addresses and accounts: `feishu`. */
  readonly name: string;
  /** As people call it: 飞书. */
  readonly label: string;
  /** Where the browser is sent. */
  authorizeUrl(request: { redirectUri: string; state: string; codeChallenge: string }): string;
  /** Who came back. What the platform hands out for it is forgotten before this resolves. Never throws. */
  identify(request: { code: string; redirectUri: string; codeVerifier: string }): Promise<SignInOutcome>;
}

/**
 * `code`: used, expired or not for us. `other-organisation`: of another tenant, or it cannot be known whose tenant is ours.
 * `left`: resigned or frozen. `configuration`: secret, address or permission is not set up right. `unavailable`: for a while.
 */
export type SignInOutcome =
  | { outcome: "identified"; account: string; name: string }
  | {
      outcome: "refused";
      why: "code" | "other-organisation" | "left" | "configuration" | "unavailable";
      /** For the log, in English, without secrets. */
      detail: string;
    };
