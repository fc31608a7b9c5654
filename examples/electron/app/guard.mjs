// @ts-check
import { isPageUrl } from './page-files.mjs';

/**
 * Nothing but the app's own page: no other window, no navigation, no webview, no permission.
 *
 * @param {Pick<import('electron').App, 'on'>} app
 */
export function guardContents(app) {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', event => event.preventDefault());
    contents.on('will-attach-webview', event => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** @param {Pick<import('electron').Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>} session */
export function refusePermissions(session) {
  session.setPermissionRequestHandler((_contents, _permission, done) => done(false));
  session.setPermissionCheckHandler(() => false);
}

/**
 * Whether a message comes from the app's page itself: not from a frame in it, and from no other page.
 *
 * @param {import('electron').WebFrameMain | null} frame
 */
export function isOwnFrame(frame) {
  return frame !== null && frame.parent === null && isPageUrl(frame.url);
}
