/** Languages that figures, reports and the window speak; a corpus may be in any. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];
