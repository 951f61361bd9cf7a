/** One request in full: what was asked, and what came back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestSeen } from '../../journal';
import type { View } from '../../view';
import { readable, readableUrl } from '../readable';
import { useWords } from '../settings';

type Side = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
type Whole = {
  readonly request: Side & { readonly method: string; readonly url: string };
  readonly response: (Side & { readonly status: number }) | null;
};

type Props = { readonly request: RequestSeen; readonly view: View; readonly close: () => void };

export function LogEntry({ request, view, close }: Props) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [whole, setWhole] = useState<Whole | undefined>(undefined);

  useEffect(() => {
    dialog.current?.showModal();
    fetch(`/api/log/${request.id}`)
      .then((response) => (response.ok ? response.json() : undefined))
      .then(setWhole, () => undefined);
  }, [request.id]);

  return (
    <dialog ref={dialog} class="entry" aria-labelledby="entry-heading" onClose={close}>
      <div class="heading">
        <h3 id="entry-heading">
          {request.method} {request.path}
        </h3>
        <button type="button" onClick={() => dialog.current?.close()}>
          {words.log.closes}
        </button>
      </div>
      <Asker request={request} view={view} />
      {whole && (
        <>
          <Part
            heading={words.log.request}
            first={`${whole.request.method} ${readableUrl(whole.request.url)}`}
            side={whole.request}
          />
          {whole.response ? (
            <Part heading={words.log.response} first={String(whole.response.status)} side={whole.response} />
          ) : (
            <p class="muted">{words.log.noResponse}</p>
          )}
        </>
      )}
    </dialog>
  );
}

/** The webhook that made a request. */
function Asker({ request, view }: { request: RequestSeen; view: View }) {
  const words = useWords();
  if (request.to === 'functions' || request.run === undefined) return null;
  const webhook = [...view.requests.values()].find(
    ({ to, run }) => to === 'functions' && run === request.run,
  );
  return webhook ? (
    <p class="muted">
      {words.log.madeBy} {webhook.method} {webhook.path}
    </p>
  ) : null;
}

function Part({ heading, first, side }: { heading: string; first: string; side: Side }) {
  const words = useWords();
  const body = readable(side);
  return (
    <section>
      <h4>{heading}</h4>
      <pre>{first}</pre>
      <details>
        <summary>{words.log.headers}</summary>
        <pre>
          {Object.entries(side.headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </pre>
      </details>
      {body !== '' && <pre>{body}</pre>}
    </section>
  );
}
