import { createContext, memo, useContext, useLayoutEffect, useState, type ReactNode } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { blocks } from './blocks.ts';
import { bounded, isTooMuch } from './bounds.ts';
import { CodeBlock } from './CodeBlock.tsx';
import './highlight.css';
import styles from './Markdown.module.css';
import { inTurn } from './patience.ts';

const remark: Options['remarkPlugins'] = [remarkGfm];
const rehype: Options['rehypePlugins'] = [bounded, rehypeHighlight];

/** Links lead to web pages and letters, nowhere else: a model's text is a stranger's text. */
const safeUrl = (url: string) => (/^(?:https?:|mailto:)/i.test(url.trim()) ? url : '');

/** Whether we are in a link already: a picture in one is only its words. */
const InLink = createContext(false);

function SafeLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const inLink = useContext(InLink);
  if (!href || inLink) return <span>{children}</span>;
  return (
    <InLink value>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        {children}
      </a>
    </InLink>
  );
}

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // An image would tell its server who is reading what, and when.
  img: ({ src, alt }) => (
    <SafeLink href={typeof src === 'string' ? src : undefined}>{alt || 'image'}</SafeLink>
  ),
  // The room's name is the page's first heading, so those of an answer begin at the third.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className={styles.table} tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled readOnly aria-label={checked ? 'done' : 'to do'} />
  ),
};

/** As rich text; as it was written where that would cost too much, or cannot be done. */
function richText(text: string): ReactNode {
  const asWritten = <p className={styles.asWritten}>{text}</p>;
  if (isTooMuch(text)) return asWritten;
  try {
    // Called, not rendered: its recursion may end with the stack, and would take the page with it.
    return ReactMarkdown({
      remarkPlugins: remark,
      rehypePlugins: rehype,
      urlTransform: safeUrl,
      components,
      children: text,
    });
  } catch {
    return asWritten;
  }
}

/** What takes long is drawn less often while it grows. */
const Block = memo(function Block({ text }: { text: string }) {
  const [rich, setRich] = useState<{ text: string; node: ReactNode; took: number }>();
  useLayoutEffect(() => {
    if (rich?.text === text) return undefined;
    return inTurn(
      rich?.took,
      () => richText(text),
      (node, took) => setRich({ text, node, took }),
    );
  }, [text, rich]);
  return rich === undefined ? <p className={styles.asWritten}>{text}</p> : rich.node;
});

/** An answer's text as rich text. While it grows, finished blocks are left as they are. */
export default function Markdown({ text, growing }: { text: string; growing: boolean }) {
  return (
    <div className={styles.markdown} dir="auto" data-growing={growing || undefined}>
      {blocks(text).map((block, i) => (
        <Block key={i} text={block} />
      ))}
    </div>
  );
}
