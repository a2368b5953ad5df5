import { AppError } from "../shared/index.ts";

/** An error of a database driver, cut down to what may be logged. */
export interface DriverError {
  code: string;
  /** Without the statement that Knex puts in front of it. */
  message: string;
}

/** Node's and the drivers' errors carry a `code`; everything else is none of ours. */
export function readDriverError(thrown: unknown): DriverError | undefined {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return undefined;
  if (!("code" in thrown) || typeof thrown.code !== "string") return undefined;
  // Knex: "<statement> - <message>". The statement of a batch insert alone would fill the log.
  const message = thrown.message.slice(thrown.message.lastIndexOf(" - ") + 1).replace(/^- /, "");
  return { code: thrown.code, message: message.slice(0, 500) };
}

/** Wraps every method of a store so that errors of the driver leave as AppErrors, translated once and here. */
export function withStorageErrors<Store extends object>(
  store: Store,
  translate: (thrown: unknown) => unknown,
): Store {
  const wrapped = Object.entries(store).map(([name, method]) => [
    name,
    async (...values: unknown[]): Promise<unknown> => {
      try {
        return await method(...values);
      } catch (thrown) {
        throw translate(thrown);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Store;
}
