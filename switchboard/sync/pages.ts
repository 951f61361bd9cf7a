/** Twilio's paged lists: `meta` with the URLs of the neighbouring pages (twilio.com/docs/usage/twilios-response). */

/** Sync's lists: 50 a page unless asked, at most 100 (twilio.com/docs/sync/api/map-item-resource). */
const defaultSize = 50;
const maxSize = 100;

/** The page token is where the next page starts, so a page shifts if entries vanish in between, as is allowed. */
export function pageOf<T>(
  entries: readonly T[],
  listKey: string,
  url: URL,
  render: (entry: T) => object,
): Record<string, unknown> {
  const size = Math.min(Math.max(Number(url.searchParams.get('PageSize')) || defaultSize, 1), maxSize);
  const start = Number(url.searchParams.get('PageToken')?.replace(/^PT/, '')) || 0;
  const page = Math.floor(start / size);
  const pageUrl = (first: number): string => {
    const other = new URL(url);
    other.searchParams.set('PageSize', String(size));
    other.searchParams.set('Page', String(Math.floor(first / size)));
    if (first > 0) other.searchParams.set('PageToken', `PT${first}`);
    else other.searchParams.delete('PageToken');
    return other.href;
  };
  return {
    [listKey]: entries.slice(start, start + size).map(render),
    meta: {
      key: listKey,
      page,
      page_size: size,
      url: pageUrl(start),
      first_page_url: pageUrl(0),
      previous_page_url: start > 0 ? pageUrl(Math.max(0, start - size)) : null,
      next_page_url: start + size < entries.length ? pageUrl(start + size) : null,
    },
  };
}
