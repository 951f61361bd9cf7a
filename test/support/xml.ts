import { XMLParser, XMLValidator } from 'fast-xml-parser';

export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
};

type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
});

/** The one element of a document; fails if it is not well-formed XML. */
export function parseXml(xml: string): Element {
  const verdict = XMLValidator.validate(xml);
  if (verdict !== true) throw new Error(`No XML: ${verdict.err.msg}\n${xml}`);
  const [root, ...others] = (parser.parse(xml) as Node[]).map(asElement);
  if (!root || typeof root === 'string' || others.length > 0) throw new Error(`Not one element:\n${xml}`);
  return root;
}

function asElement({ ':@': attributes = {}, ...node }: Node): Element | string {
  const [name = '', content] = Object.entries(node)[0] ?? [];
  if (name === '#text') return String(content);
  return { name, attributes, children: (content as Node[]).map(asElement) };
}

/** All elements of a document, the outer before the inner. */
export function elementsIn(element: Element): Element[] {
  const inner = element.children.filter((child) => typeof child !== 'string');
  return [element, ...inner.flatMap(elementsIn)];
}

const WIDEST = 90;

/** A document as a person would write it: entities resolved, one element a line, many attributes one a line. */
export function readableXml(xml: string): string {
  return lines(parseXml(xml), '').join('\n');
}

function lines({ name, attributes, children }: Element, indent: string): string[] {
  const pairs = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  const wide = pairs.join(' ').length > WIDEST;
  const deeper = `${indent}  `;
  const open = wide
    ? [`<${name}`, ...pairs.map((pair) => `  ${pair}`)].join(`\n${indent}`)
    : [name, ...pairs].join(' ');
  const start = `${indent}${wide ? open : `<${open}`}`;
  if (children.length === 0) return [`${start}/>`];
  if (children.every((child) => typeof child === 'string'))
    return [`${start}>${children.join('')}</${name}>`];
  const inner = children.flatMap((child) =>
    typeof child === 'string' ? [deeper + child] : lines(child, deeper),
  );
  return [`${start}>`, ...inner, `${indent}</${name}>`];
}
