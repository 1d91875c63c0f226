import { fileTypeFromBuffer } from "file-type";

/** What bytes are, by themselves: a media type, whatever name they came under; `undefined` for what is not known. */
export async function mediaTypeOf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    // A file that breaks off within its own headers is none of what it pretends to be.
    return undefined;
  }
}
