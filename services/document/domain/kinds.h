#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_KINDS_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_KINDS_H_

#include <string>
#include <vector>

#include "services/document/domain/subject_facts.h"
#include "services/document/model/expand.h"
#include "staraction/document/v1/document_kind.pb.h"

namespace staraction::document::domain {

// Whether a kind has sheets of single members.
enum class MemberSheets { kNone, kBesideBlank, kOnly };

// What distinguishes a kind of document. (What it reads: readers.h.)
struct Kind {
  v1::DocumentKind kind;
  // Types of resource that it may be about.
  std::vector<const google::protobuf::Descriptor*> subjects;
  void (*fill)(const SubjectFacts& facts, TemplateData& data);
  MemberSheets sheets = MemberSheets::kNone;
  // Fact that is true once such a document was rendered; empty: none.
  const char* fact = "";
  // Holds secrets: rendered for whoever asks, never kept.
  bool secret = false;
};

// All kinds.
const std::vector<Kind>& Kinds();
// Null if there is no such kind.
const Kind* FindKind(v1::DocumentKind kind);

// INVALID_ARGUMENT on `field` unless the name is one of the kind's subjects.
absl::Status CheckSubject(const Kind& kind, const std::string& subject, const std::string& field);

// What fills templates of the kind.
TemplateData MakeTemplateData(const Kind& kind, const SubjectFacts& facts);

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_KINDS_H_
