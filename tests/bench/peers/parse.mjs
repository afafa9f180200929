// Parses with feelin as often as asked: a line `{"text", "context", "times"}` in, seconds out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { parseExpression } = await import(pathToFileURL(process.argv[2]).href);

function holdsErrors(tree) {
  const cursor = tree.cursor();
  do if (cursor.type.isError) return true; while (cursor.next());
  return false;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, context, times } = JSON.parse(line);
  if (holdsErrors(parseExpression(text, context))) {
    console.log(JSON.stringify({ error: `feelin cannot parse: ${text}` }));
    continue;
  }
  const begun = performance.now();
  for (let time = 0; time < times; time++) parseExpression(text, context);
  console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1000 }));
}
