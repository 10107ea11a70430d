// Where a reader is in a document of the reading view, in terms that outlive a build.

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, figure, table, blockquote, pre, aside, dt, dd";

const blocksOf = (page) => [...page.body.querySelectorAll(BLOCKS)];
const wordsOf = (element) => element.textContent.replace(/\s+/g, " ").trim().slice(0, 80);

/** The first block that is in sight: its words, its name, its number, and how far from the top it stands. */
export function rememberBlock(frame) {
  const page = frame?.contentDocument;
  if (!page?.body) return null;
  const blocks = blocksOf(page);
  const index = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 1);
  if (index < 0) return null;
  const block = blocks[index];
  return { id: block.id, words: wordsOf(block), index, top: block.getBoundingClientRect().top };
}

/** Bring a remembered block back to where it stood. */
export function recallBlock(frame, memory) {
  const page = frame.contentDocument;
  if (!memory || !page?.body) return;
  const blocks = blocksOf(page);
  const same = blocks
    .map((block, index) => ({ block, index }))
    .filter(({ block }) => wordsOf(block) === memory.words)
    .sort((one, other) => Math.abs(one.index - memory.index) - Math.abs(other.index - memory.index))[0];
  const named = memory.id ? page.getElementById(memory.id) : null;
  const block = named ?? same?.block ?? blocks[Math.min(memory.index, blocks.length - 1)];
  if (block) frame.contentWindow.scrollBy(0, block.getBoundingClientRect().top - memory.top);
}
