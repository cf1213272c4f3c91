import type { Words } from '../words.ts';

/** What is wrong with a file that somebody sends. */
export const uploadWords: Words = {
  'upload.failed': {
    zh: '上传失败：文件缺失、损坏或类型不支持',
    en: 'The upload failed: no file, a broken one, or one of a kind that is not taken',
  },
  'upload.unknown': { zh: '文件不存在', en: 'There is no such file' },
  'upload.too_large': { zh: '文件过大', en: 'The file is too large' },
};
