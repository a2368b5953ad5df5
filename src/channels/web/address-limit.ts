/** For one address, over all its sessions; the conversation limits each asker besides. */
export const ADDRESS_LIMIT = { burst: 40, perMinute: 60 };
