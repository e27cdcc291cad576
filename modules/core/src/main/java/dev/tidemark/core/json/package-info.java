/** JSON that strangers wrote, read without a library: agents embed this. */
package dev.tidemark.core.json;
