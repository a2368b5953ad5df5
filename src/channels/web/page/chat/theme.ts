import type { ConfigProviderProps } from "antd";
import { theme as antd } from "antd";
import { useSyncExternalStore } from "react";

const FONT =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Noto Sans Hans", "Source Han Sans SC", system-ui, sans-serif';

/** The colours of `styles/base.css`, for what the component library draws. */
const LIGHT = {
  colorPrimary: "#0b4f8a",
  colorLink: "#0b4f8a",
  colorError: "#a8322a",
  colorText: "#1c2530",
  colorTextDescription: "#566270",
  colorTextPlaceholder: "#5d6a78",
  colorBgContainer: "#ffffff",
  colorBorder: "#8795a5",
};
const DARK = {
  colorPrimary: "#7db8ee",
  colorLink: "#7db8ee",
  colorError: "#f2998f",
  colorText: "#e4eaf1",
  colorTextDescription: "#9dabba",
  colorTextPlaceholder: "#93a1b0",
  colorTextLightSolid: "#0c1a28",
  colorBgContainer: "#18212b",
  colorBorder: "#64748a",
};

const FLAT = { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" };
const DARK_BUTTON = {
  colorPrimary: "#7db8ee",
  colorPrimaryHover: "#a5cff5",
  colorPrimaryActive: "#a5cff5",
  primaryColor: "#0c1a28",
  dangerColor: "#0c1a28",
};

/** Follows the system's colours and its wish for less motion. */
export function useTheme(): NonNullable<ConfigProviderProps["theme"]> {
  const dark = useMedia("(prefers-color-scheme: dark)");
  const still = useMedia("(prefers-reduced-motion: reduce)");
  return {
    hashed: false,
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      ...(dark ? DARK : LIGHT),
      fontFamily: FONT,
      fontSize: 15,
      borderRadius: 8,
      controlHeight: 40,
      motion: !still,
    },
    // The dark algorithm would mute the colour of what is to be pressed first.
    components: { Button: { ...FLAT, ...(dark ? DARK_BUTTON : {}) } },
  };
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
