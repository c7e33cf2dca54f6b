// The certificate library's dependency container (tsyringe) does not load without the decorator metadata of `Reflect`, although no class that the library registers
// in it has constructor parameters, hence none has metadata. "None" is therefore the true answer. Import this file before the library.
if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined });
