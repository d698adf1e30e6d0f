import { type Data, record } from '../fields';
import type { Rule } from '../rule';

/** The API server's limit for the values of a ConfigMap, and for the annotations of an object with their names. */
const MOST_DATA = 2 ** 20;
const MOST_ANNOTATIONS = 2 ** 18;

export const objectsFitApi: Rule = {
  id: 'objects-fit-api',
  title: 'No ConfigMap holds more than 1 MiB, and no object more than 256 KiB of annotations.',
  why: 'The API server refuses the object.',
  fix: 'Split the ConfigMap, or keep large files in an image or on a volume.',
  alone: true,
  *check(target) {
    for (const object of target.all('ConfigMap')) {
      const bytes = bytesOf(object.data, false) + bytesOf(object.binaryData, false);
      if (bytes > MOST_DATA) yield { object, field: '/data', message: `holds ${bytes} bytes, more than ${MOST_DATA}` };
    }
    for (const object of target.objects) {
      if (object.metadata.annotations === undefined) continue;
      const bytes = bytesOf(object.metadata.annotations, true);
      if (bytes > MOST_ANNOTATIONS)
        yield { object, field: '/metadata/annotations', message: `hold ${bytes} bytes, more than ${MOST_ANNOTATIONS}` };
    }
    for (const { object, field, annotations } of target.workloads) {
      const bytes = bytesOf(annotations, true);
      if (bytes <= MOST_ANNOTATIONS) continue;
      yield {
        object,
        field: field.replace(/spec$/, 'metadata/annotations'),
        message: `hold ${bytes} bytes, more than ${MOST_ANNOTATIONS}`,
      };
    }
  },
};

/** Short texts are taken for ASCII: what they may add beyond that decides nothing. */
function bytesOf(texts: Data, names: boolean): number {
  let bytes = 0;
  for (const [name, text] of Object.entries(record(texts))) {
    const value = String(text);
    bytes += (names ? name.length : 0) + (value.length > MOST_ANNOTATIONS / 100 ? Buffer.byteLength(value) : value.length);
  }
  return bytes;
}
