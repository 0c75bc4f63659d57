/** How the proof that a pending link needs reaches the user. */
export type LinkDelivery = 'email' | 'phone' | 'link-code' | 'approval';
