export { createWebChannel, type WebChannel, type WebChannelOptions } from "./create-web-channel.ts";
