/** Owns building the lab's installers. */
export interface Media { readonly hub: string }
export function installersUnavailable(): string | undefined { return undefined }
export async function buildInstallers(): Promise<Media> { return { hub: '' } }
