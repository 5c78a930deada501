import type { ContentFacts } from '../documents/inspection.ts';
import type { Ports } from './context.ts';

/** Where an object lies. Identity images have a store of their own, under their own key (clause 四). */
export interface ObjectPlace {
  readonly store: 'identity' | 'evidence';
  readonly key: string;
}

/** A form that a browser posts, with the file as its last field. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** An address that shows an object until it expires. */
export interface ContentLink {
  readonly url: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** An object as it lies in its store. `bytes` is absent when there are more than were asked for. */
export interface StoredObject {
  readonly size: number;
  readonly bytes?: Uint8Array;
}

/** The object store. It is written by browsers only, with forms that allow one object of one size, type and checksum. */
export interface Objects {
  presignPost(upload: {
    readonly place: ObjectPlace;
    readonly contentType: string;
    readonly size: number;
    /** Hex. */
    readonly sha256: string;
    /** Milliseconds. */
    readonly validFor: number;
  }): Promise<UploadForm>;
  presignGet(download: {
    readonly place: ObjectPlace;
    readonly fileName: string;
    readonly contentType: string;
    /** Milliseconds. */
    readonly validFor: number;
  }): Promise<ContentLink>;
  /** Undefined when nothing lies there. */
  read(place: ObjectPlace, mostBytes: number): Promise<StoredObject | undefined>;
}

/** What the documents context needs from outside. */
export interface DocumentPorts extends Pick<Ports, 'reads'> {
  readonly objects: Objects;
  /** Finds out what a content is. Never fails for what the content is like: that is a fact. */
  inspect(content: Uint8Array): Promise<ContentFacts>;
}
