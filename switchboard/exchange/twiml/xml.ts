import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { TwimlFault } from './verbs';

/** An XML element, its children in document order; a string is text between them. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Throws 12100 (document parse failure) for anything that is no XML with one root. */
export function readXml(text: string): Element {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new TwimlFault(12100, 'Document parse failure: empty document');
  const validity = XMLValidator.validate(trimmed);
  if (validity !== true) throw new TwimlFault(12100, `Document parse failure: ${validity.err.msg}`);
  const roots = (parser.parse(trimmed) as RawNode[]).map(element).filter((node) => typeof node !== 'string');
  const [root] = roots;
  if (roots.length !== 1 || root === undefined)
    throw new TwimlFault(12100, 'Document parse failure: one root element wanted');
  return root;
}

/** `{ Say: [...children], ':@': {...attributes} }` or `{ '#text': '…' }`, as the parser keeps order. */
type RawNode = Record<string, unknown>;

function element(node: RawNode): Element | string {
  if ('#text' in node) return String(node['#text']);
  const [name = ''] = Object.keys(node).filter((key) => key !== ':@');
  return {
    name,
    attributes: (node[':@'] as Record<string, string> | undefined) ?? {},
    children: ((node[name] as RawNode[] | undefined) ?? []).map(element),
  };
}
