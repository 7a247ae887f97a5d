#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_REFERENCES_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_REFERENCES_H_

#include <map>
#include <string>
#include <vector>

#include "common/status/errors.h"
#include "staraction/document/v1/block.pb.h"

namespace staraction::document {

class Counter;

// （一） for level 1, ア for 2, （ア） for 3.
std::string ItemLabel(int level, int number);
// ２
std::string ClauseLabel(int number);
// Mark of a list's item.
std::string MarkerLabel(v1::ListMarker marker, int number);

// Numbers of a document and how its parts are called in references. Built in one walk before any
// text is resolved, so that references may lead forward.
class References {
 public:
  // Adds violations for ids that are malformed or used twice and for article numbers that go back.
  References(const v1::BlockDocument& document, std::vector<Violation>& violations);

  // Label of a numbered heading, article or table of that document ("第1条"); empty: none.
  std::string Label(const google::protobuf::Message* message) const;

  // What a reference to the id reads; null when there is no such id.
  const std::string* Find(const std::string& id) const;

 private:
  void AddBlocks(const google::protobuf::RepeatedPtrField<v1::Block>& blocks,
                 const std::string& path, Counter& counter, std::vector<Violation>& violations);
  void AddBlock(const v1::Block& block, const std::string& path, Counter& counter,
                std::vector<Violation>& violations);
  void Add(const std::string& id, const std::string& text, const std::string& path,
           std::vector<Violation>& violations);
  void AddArticle(const v1::Article& article, const std::string& label, const std::string& path,
                  std::vector<Violation>& violations);
  void AddItems(const google::protobuf::RepeatedPtrField<v1::ClauseItem>& items, int level,
                const std::string& prefix, const std::string& path,
                std::vector<Violation>& violations);

  std::map<std::string, std::string> texts_;
  std::map<const google::protobuf::Message*, std::string> labels_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_REFERENCES_H_
