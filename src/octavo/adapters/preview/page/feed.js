// What the server tells: a status whenever something changes, and the book and findings when they are new.

export async function fetchJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Listen; `on.status`, `on.book` and `on.findings` are called with what is new, `on.gone` when nobody answers. */
export function listen(on) {
  const seen = { book: 0, findings: 0 };
  let queue = Promise.resolve();

  async function take(status) {
    // Findings come first, so that a book and what is wrong with it are shown together.
    if (status.findings !== seen.findings) {
      on.findings(await fetchJson("findings.json"));
      seen.findings = status.findings;
    }
    if (status.book !== seen.book) {
      on.book(await fetchJson("book.json"));
      seen.book = status.book;
    }
    on.status(status);
  }

  const source = new EventSource("events");
  source.addEventListener("status", (event) => {
    const status = JSON.parse(event.data);
    queue = queue.then(() => take(status)).catch((error) => console.error(error));
  });
  source.addEventListener("end", () => {
    source.close();
    on.gone();
  });
  source.onerror = () => on.gone();
}
