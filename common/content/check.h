#ifndef STARACTION_COMMON_CONTENT_CHECK_H_
#define STARACTION_COMMON_CONTENT_CHECK_H_

#include <string>

#include "common/content/catalogue.h"
#include "common/content/parse.h"
#include "common/content/problem.h"

namespace staraction::content {

// Where a message stands in a file.
struct Where {
  std::string file;
  int line = 0;
  std::string path;
  const google::protobuf::TextFormat::ParseInfoTree* lines = nullptr;

  // The field `name` of `message` (its element `index` if repeated).
  Where At(const google::protobuf::Message& message, const std::string& name, int index = -1) const;
};

// What a check may look at, and where it reports.
struct CheckContext {
  const ParsedPack& pack;
  const Catalogue& catalogue;
  Problems& problems;

  void Report(const Where& where, const std::string& text) const;

  // The object that a reference of this pack means: of the pack itself, else the newest.
  const google::protobuf::Message* Resolve(const std::string& kind, const std::string& id) const;
  template <typename T>
  const T* Resolve(const std::string& id) const {
    return static_cast<const T*>(Resolve(T::descriptor()->name(), id));
  }
};

// Every problem of a pack that parsed. `catalogue` has it and all that it may refer to.
void CheckPack(const ParsedPack& pack, const Catalogue& catalogue, Problems& problems);

// What holds for any message, by its schema: required fields, ids and codes, references, dates,
// Markdown files, wording (check_shape.cc).
void CheckShape(const CheckContext& context, const google::protobuf::Message& message,
                const Where& where);

// What holds for one kind of object (check_meaning.cc): prices in the band, answers in range,
// enough questions, criteria that fit their facts.
void CheckMeaning(const CheckContext& context, const v1::Pack& fragment, const Where& where);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_CHECK_H_
