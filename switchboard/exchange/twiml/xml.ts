import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { TwimlFault } from './verbs';

/** An XML element with its children in document order; a string is the text between them. */
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

/**
 * Throws 12100 (document parse failure) for anything that is not XML with one root, including a blank before its
 * declaration, and 11770 for an empty text.
 */
export function readXml(text: string): Element {
  const xml = text.replace(/^\uFEFF/, '');
  if (xml.trim() === '') throw new TwimlFault(11770, 'Empty response body');
  const validity = XMLValidator.validate(xml);
  if (validity !== true) throw new TwimlFault(12100, `Document parse failure: ${validity.err.msg}`);
  const roots = (parser.parse(xml) as RawNode[]).map(element).filter((node) => typeof node !== 'string');
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
