/** Longest side of a kept photo, in pixels: sharp in the banner and on paper. */
const longestSide = 480;

/** Bytes of the data URL; base64 is a third larger than the 300 kB of picture that the schema allows. */
const largestDataUrl = 390_000;

/**
 * A picture file as a small JPEG data URL, turned upright as its camera meant it. Rejects when the file is no
 * picture that the browser can read.
 */
export async function shrinkPhoto(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  try {
    for (const { side, quality } of attempts) {
      const photo = draw(picture, side).toDataURL('image/jpeg', quality);
      if (photo.length <= largestDataUrl) return photo;
    }
    throw new Error('The picture stays too large');
  } finally {
    picture.close();
  }
}

const attempts = [
  { side: longestSide, quality: 0.85 },
  { side: longestSide, quality: 0.6 },
  { side: longestSide / 2, quality: 0.6 },
];

function draw(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas');
  // JPEG has no transparency: what was transparent would turn black.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
