const NAME = 'hotline.session'

/** What the other tabs of this browser must know of the session that they share. */
export type SessionNews = 'signed_in' | 'signed_out'

/** Tells the other tabs; this one hears nothing. */
export function tellTabs(news: SessionNews): void {
  const channel = new BroadcastChannel(NAME)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  channel.postMessage(news)
  channel.close()
}

/** Hears what the other tabs tell until the answer is called. */
export function hearTabs(onNews: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed_in' || data === 'signed_out') onNews(data)
  })
  return () => channel.close()
}
