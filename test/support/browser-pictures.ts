import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { stands } from './browser-axe.ts';
import { type AppPerson, friends } from './browser-person.ts';
import type { TestServer } from './server.ts';

/** `UPDATE_PICTURES=1` makes the documents' pictures anew while the tests that show them run. */
const wanted = process.env.UPDATE_PICTURES === '1';

/** Keeps what the page shows as a picture of `docs/use`, if pictures are wanted. */
export async function picture(
  page: Page,
  name: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  if (!wanted) return;
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await stands(page);
  // Not by `screenshot`, which puts a style into the page that the page's own policy refuses.
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot');
  // Few colours are enough, and a third of the size.
  const small = await sharp(Buffer.from(data, 'base64')).png({ palette: true }).toBuffer();
  await writeFile(`docs/use/images/${name}.png`, small);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** In pictures one knows more people than the tests need, and cameras show somebody. */
export async function populate(server: TestServer, ...people: AppPerson[]): Promise<void> {
  if (!wanted) return;
  const names = { chen: '陈伟', dana: 'Dana Ruiz', emil: 'Emil Fox', lin: '林小雨' };
  await friends(server, Object.keys(names));
  for (const [uid, displayName] of Object.entries(names)) await server.app.people.put(uid, { displayName });
  const all = await Promise.all(
    [...people.map(({ uid }) => uid), ...Object.keys(names)].map(async (uid) => {
      const user = await server.app.people.get(uid);
      return { user, uid, id: user.id, token: '' };
    }),
  );
  await server.befriend(...all);
  await Promise.all(people.map(({ page }) => page.reload()));
}

/** Somebody in front of the camera, drawn: Chromium's own test picture is green. */
export async function sitDown(page: Page, hue: number): Promise<void> {
  if (!wanted) return;
  await page.context().addInitScript(drawnCamera, hue);
  await page.reload();
}

/** Runs in the page; nothing from outside may be used in it. */
function drawnCamera(hue: number): void {
  const media = navigator.mediaDevices;
  // The empty page before the first one has none.
  if (!media) return;
  const real = media.getUserMedia.bind(media);
  media.getUserMedia = async (constraints = {}) => {
    if (!constraints.video) return real(constraints);
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const paper = canvas.getContext('2d') as CanvasRenderingContext2D;
    const shape = (colour: string, draw: () => void) => {
      paper.fillStyle = colour;
      paper.beginPath();
      draw();
      paper.fill();
    };
    const round = (x: number, y: number, rx: number, ry: number) => paper.ellipse(x, y, rx, ry, 0, 0, 7);
    const draw = () => {
      const sway = Math.sin(performance.now() / 900) * 8;
      const wall = paper.createLinearGradient(0, 0, 1280, 720);
      wall.addColorStop(0, `hsl(${hue} 34% 78%)`);
      wall.addColorStop(1, `hsl(${hue} 30% 58%)`);
      paper.fillStyle = wall;
      paper.fillRect(0, 0, 1280, 720);
      shape(`hsl(${hue} 40% 88%)`, () => paper.roundRect(120, 90, 260, 340, 12));
      shape(`hsl(${hue + 90} 30% 45%)`, () => round(1120, 560, 90, 200));
      shape(`hsl(${hue + 150} 38% 34%)`, () => round(640 + sway / 2, 760, 330, 300));
      shape('hsl(24 45% 62%)', () => paper.roundRect(585 + sway, 400, 110, 120, 40));
      shape(`hsl(${hue + 10} 25% 20%)`, () => round(640 + sway, 285, 152, 175));
      shape('hsl(24 52% 70%)', () => round(640 + sway, 315, 125, 150));
      for (const eye of [-48, 48]) shape('hsl(24 30% 20%)', () => round(640 + sway + eye, 300, 11, 13));
      paper.lineWidth = 8;
      paper.strokeStyle = 'hsl(5 45% 45%)';
      paper.beginPath();
      paper.arc(640 + sway, 365, 48, 0.35, 2.8);
      paper.stroke();
    };
    draw();
    setInterval(draw, 66);
    const drawn = canvas.captureStream(15);
    if (!constraints.audio) return drawn;
    const [sound] = (await real({ audio: constraints.audio })).getAudioTracks();
    return new MediaStream([...drawn.getVideoTracks(), ...(sound ? [sound] : [])]);
  };
}
