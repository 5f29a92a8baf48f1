/** The product's mark, drawn inline: nothing is fetched from outside. */
export function Brand({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="7" fill="#155e8a" />
      <path
        d="M8 18v-2a8 8 0 0 1 16 0v2"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <rect x="6.5" y="17" width="5" height="8" rx="2" fill="#fff" />
      <rect x="20.5" y="17" width="5" height="8" rx="2" fill="#fff" />
    </svg>
  )
}
