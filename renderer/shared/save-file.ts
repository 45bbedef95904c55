/** Downloads a text or bytes as a file. */

/** Saves it where the browser or the desktop program puts downloads. */
export function saveFile({
  fileName,
  mediaType,
  text,
}: {
  readonly fileName: string
  readonly mediaType: string
  readonly text: string | Uint8Array<ArrayBuffer>
}): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has taken the content by then.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 10_000)
}
