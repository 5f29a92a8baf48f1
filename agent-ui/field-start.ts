/**
 * From now on this phone opens `/field` also without a connection, and an icon on its home screen leads
 * there. Where the browser allows no worker (plain HTTP) the page is as it was.
 */
export function readyForNoConnection(): void {
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', '/field.webmanifest')
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker
    .register('/field-worker.js', { scope: '/field' })
    // the browser's own look for another build comes when it likes
    .then((worker) => worker.update())
    .catch(() => undefined)
}
