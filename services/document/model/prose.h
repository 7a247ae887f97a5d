#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_PROSE_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_PROSE_H_

#include <string>
#include <vector>

#include "staraction/document/v1/block.pb.h"

namespace staraction::document {

// Simple Markdown as blocks: paragraphs parted by empty lines, lists of lines that begin with "- "
// or "1. ", headings ("# ", "## "), **emphasis**. Lines that go on are joined, without a space
// between Japanese characters, unless a line ends with a backslash. Anything else stays as it was
// written.
std::vector<v1::Block> ProseBlocks(const std::string& markdown);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_PROSE_H_
