import MarkdownIt, { type Token } from "markdown-it";
import { type ComponentChild, Fragment, h } from "preact";
import remend from "remend";
import { CodeBlock } from "./code-block";

/**
 * CommonMark with tables and strikethrough. HTML in an answer is text: the parser makes no element of it, and what is drawn below is
 * made of elements, never of a string of HTML, so that no sanitiser has to be trusted and Trusted Types stay enforced.
 */
const parser = new MarkdownIt("default", { html: false, linkify: false, typographer: false, breaks: true });

/** Only addresses that lead out of the page: an answer must not steer the playground itself. */
parser.validateLink = (address) => /^(https?:|mailto:)/i.test(address);

/** Whatever streams is closed for now (`**bold`, a link half written): else it would be drawn twice, raw and then as what it is. */
const unfinished = { katex: false, inlineKatex: false, htmlTags: false, linkMode: "text-only" } as const;

/** A model's answer, drawn. @param streaming whether more of the text is to come */
export function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  const tokens = parser.parse(streaming ? remend(text, unfinished) : text, {});
  return <div class="markdown">{drawn(tokens)}</div>;
}

/** Elements of a flat list of tokens, in which an element's begin and end are tokens of their own. */
function drawn(tokens: Token[]): ComponentChild[] {
  const open: { token?: Token; children: ComponentChild[] }[] = [{ children: [] }];
  for (const token of tokens) {
    if (token.hidden) continue;
    if (token.nesting === 1) {
      open.push({ token, children: [] });
      continue;
    }
    const made = token.nesting === -1 ? element(open.at(-1)!.token!, open.pop()!.children) : leaf(token);
    open.at(-1)!.children.push(made);
  }
  return open[0]!.children;
}

function leaf(token: Token): ComponentChild {
  switch (token.type) {
    case "inline":
      return h(Fragment, null, ...drawn(token.children ?? []));
    case "fence":
    case "code_block":
      return <CodeBlock code={token.content} language={token.info.trim().split(/\s/)[0] ?? ""} />;
    case "code_inline":
      return <code>{token.content}</code>;
    case "softbreak":
    case "hardbreak":
      return <br />;
    case "hr":
      return <hr />;
    case "image":
      return <ImageLink token={token} />;
    default:
      return token.content;
  }
}

/** What the parser can open: paragraphs, headings, lists, quotes, tables, emphasis, links. */
function element(token: Token, children: ComponentChild[]): ComponentChild {
  if (token.type === "link_open") return <Link address={attribute(token, "href")}>{children}</Link>;
  // An answer's headings are below the page's own.
  const heading = /^h([1-6])$/.exec(token.tag);
  const tag = heading ? `h${Math.min(6, Number(heading[1]) + 3)}` : token.tag;
  const start = attribute(token, "start");
  const align = /text-align:(left|center|right)/.exec(attribute(token, "style"))?.[1];
  const made = h(tag, { ...(start ? { start } : {}), ...(align ? { class: `align-${align}` } : {}) }, ...children);
  if (tag !== "table") return made;
  return (
    <div class="table" role="group" aria-label="Table" tabIndex={0}>
      {made}
    </div>
  );
}

/** The target is shown beside a text that doesn't tell it, so that nobody is led elsewhere than the text says. */
function Link({ address, children }: { address: string; children: ComponentChild[] }) {
  const text = children.filter((child) => typeof child === "string").join("");
  const plain = address.replace(/^(https?:\/\/|mailto:)/i, "").replace(/\/$/, "");
  const tells = text.replace(/^(https?:\/\/|mailto:)/i, "").replace(/\/$/, "") === plain;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {children}
      {!tells && <span class="target"> ({plain})</span>}
      <span class="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}

/** Loading an image would tell its host who reads what: it is a link. */
function ImageLink({ token }: { token: Token }) {
  const address = attribute(token, "src");
  return <Link address={address}>{[`Image: ${token.content || "without a description"}`]}</Link>;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}
