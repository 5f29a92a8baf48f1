import { Menu, Modal, createTheme } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'

const sea: MantineColorsTuple = [
  '#e8f4fb',
  '#d3e6f2',
  '#a6cce4',
  '#76b0d6',
  '#4f99ca',
  '#378bc3',
  '#2780b9',
  '#196c9f',
  '#155e8a',
  '#0c4d73',
]

/** Greys of the dark scheme, a little blue like the surfaces of `base.css`. */
const dark: MantineColorsTuple = [
  '#e4e8eb',
  '#b3bac1',
  '#8b949c',
  '#5f6a73',
  '#424c55',
  '#333c44',
  '#252c32',
  '#1d2328',
  '#171c20',
  '#101417',
]

/** Dense and calm: 14 px text, no web fonts, colours dark enough for 4.5:1. */
export const theme = createTheme({
  primaryColor: 'sea',
  colors: { sea, dark },
  primaryShade: { light: 8, dark: 8 },
  fontFamily: '"Segoe UI", system-ui, "Noto Sans", Arial, sans-serif',
  defaultRadius: 'sm',
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '18px', xl: '22px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '15px' } } },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // the focus goes to the first item: an element that only takes the focus is no part of a menu
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    // the head of a dialog is not that of the page
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }),
  },
})

/** Mantine's own grey for secondary text is too light on white. */
export const readableGreys: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4a545e',
    '--mantine-color-placeholder': '#69727b',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#155e8a',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bac1',
    '--mantine-color-placeholder': '#979fa7',
    '--mantine-color-error': '#ff9b92',
    '--mantine-color-anchor': '#7cc4ee',
  },
})
