import {
  ActionIcon, Button, createTheme, Drawer, DrawerHeader, InputWrapper, Modal, ModalHeader, ModalTitle, Tooltip, type MantineSize,
} from '@mantine/core';

const small: { size: MantineSize } = { size: 'sm' };

/**
 * Component defaults. Colours and fonts stand in theme.css. The window's body never scrolls, so overlays need
 * no scroll lock (which would write a <style> element without the nonce that the page's policy asks for).
 */
export const theme = createTheme({
  primaryColor: 'blue',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: small }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    // Hints below: above, they would push the fields of one row out of line.
    InputWrapper: InputWrapper.extend({ defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, removeScrollProps: { enabled: false } } }),
    // Within a dialogue a header is no banner of the page, which its element would make it.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'none' } }),
    DrawerHeader: DrawerHeader.extend({ defaultProps: { role: 'none' } }),
    ModalTitle: ModalTitle.extend({ defaultProps: { fz: 'md', fw: 600 } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, removeScrollProps: { enabled: false } } }),
  },
});
