// From a line of a file to the nearest place that the editions know.

/** Names of places, the nearest first: the last note at or before the line, then the chapter. */
export function placesNear(book, file, line) {
  const before = book.notes.filter((note) => note.file === file && note.line <= line);
  const note = before.reduce((best, each) => (best === null || each.line >= best.line ? each : best), null);
  const chapter = book.chapters.find((each) => each.file === file);
  return [...(note ? [note.call] : []), ...(chapter ? [chapter.anchor] : [])];
}
