/** No model: retrieval by words alone. */
export async function createNoModel(): Promise<undefined> {
  return undefined;
}
