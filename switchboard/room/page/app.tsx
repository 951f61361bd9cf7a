import { useEffect } from 'preact/hooks';
import { Announcer } from './parts/announcer';
import { Desk } from './parts/desk';
import { Floor } from './parts/floor';
import { Header } from './parts/header';
import { Mackerel } from './parts/mackerel';
import { NumberB } from './parts/number-b';
import { OwnPhone } from './parts/own-phone';
import { PageNow } from './parts/page-now';
import { Problems } from './parts/problems';
import { Slack } from './parts/slack';
import { TimelineOfPage } from './parts/timeline-of-page';
import { Voice } from './parts/voice';
import { browsersLanguage, type Language, type Theme, useKept, WordsContext, wordsIn } from './settings';
import { useRoom } from './store';

export function App() {
  const [language, setLanguage] = useKept<Language>('language', browsersLanguage());
  const [theme, setTheme] = useKept<Theme>('theme', 'auto');
  const [isMuted, setMuted] = useKept<'yes' | 'no'>('muted', 'no');
  const [isSpoken, setSpoken] = useKept<'yes' | 'no'>('spoken', 'no');
  const { view, version, connection } = useRoom();
  const words = wordsIn[language];

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
    document.title = `${words.title} · mackerel-kaden`;
  }, [language, theme, words]);

  return (
    <WordsContext.Provider value={{ words, language }}>
      <a class="skip" href="#desk">
        {words.skip}
      </a>
      <Header
        view={view}
        theme={theme}
        setTheme={setTheme}
        switchLanguage={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
        isMuted={isMuted === 'yes'}
        setMuted={(muted) => setMuted(muted ? 'yes' : 'no')}
        isSpoken={isSpoken === 'yes'}
        setSpoken={(spoken) => setSpoken(spoken ? 'yes' : 'no')}
      />
      {connection !== 'open' && (
        <p class="connection" role="status">
          {connection === 'lost' ? words.disconnected : words.connecting}
        </p>
      )}
      {view.room && (
        <main>
          <PageNow view={view} room={view.room} />
          <div class="lines">
            <Mackerel view={view} room={view.room} />
            <NumberB view={view} isMuted={isMuted === 'yes'} />
            <OwnPhone view={view} />
          </div>
          <Desk view={view} room={view.room} />
          <Slack view={view} room={view.room} />
          <TimelineOfPage view={view} version={version} room={view.room} />
          <Floor view={view} version={version} room={view.room} />
        </main>
      )}
      <Announcer />
      <Problems />
      <Voice isOn={isSpoken === 'yes'} />
    </WordsContext.Provider>
  );
}
