/** One page of a list, as Twilio's REST API gives it: docs/usage/twilios-response#response-formats-list-paging-information */

type Item = Readonly<Record<string, unknown>>;

const MOST_OF_PAGE = 1000;

/** The API of 2010 names other pages by their paths. */
export function pageByPath(url: URL, key: string, all: readonly Item[]): Item {
  const { items, number, size, last } = cut(url, all);
  const at = (place: number | null) => (place === null ? null : pathOf(address(url, size, place)));
  return {
    [key]: items,
    page: number,
    page_size: size,
    uri: at(number),
    first_page_uri: at(0),
    next_page_uri: at(number < last ? number + 1 : null),
    previous_page_uri: at(number > 0 ? number - 1 : null),
    start: number * size,
    end: number * size + Math.max(0, items.length - 1),
  };
}

/** All others name them by their URLs, and say which key the items are under. */
export function pageByUrl(url: URL, key: string, all: readonly Item[]): Item {
  const { items, number, size, last } = cut(url, all);
  const at = (place: number | null) => (place === null ? null : address(url, size, place).href);
  const meta = {
    key,
    page: number,
    page_size: size,
    url: at(number),
    first_page_url: at(0),
    next_page_url: at(number < last ? number + 1 : null),
    previous_page_url: at(number > 0 ? number - 1 : null),
  };
  return { [key]: items, meta };
}

function cut({ searchParams }: URL, all: readonly Item[]) {
  const size = Math.min(Number(searchParams.get('PageSize') ?? 50), MOST_OF_PAGE);
  const number = Number(searchParams.get('Page') ?? 0);
  const items = all.slice(number * size, (number + 1) * size);
  return { items, number, size, last: Math.max(0, Math.ceil(all.length / size) - 1) };
}

function address(url: URL, size: number, place: number): URL {
  const there = new URL(url);
  there.searchParams.set('PageSize', String(size));
  there.searchParams.set('Page', String(place));
  if (place > 0) there.searchParams.set('PageToken', `P${place}`);
  return there;
}

const pathOf = ({ pathname, search }: URL): string => pathname + search;
