/** The script of the web pages, which work without it. */
import { countUp } from './page/count.ts';
import { showMore } from './page/more.ts';
import { openPlayers } from './page/player.ts';
import { searchAsTyped } from './page/search.ts';

document.documentElement.dataset.scripted = '';
showMore();
searchAsTyped();
countUp();
openPlayers();
