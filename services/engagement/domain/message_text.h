#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_MESSAGE_TEXT_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_MESSAGE_TEXT_H_

#include <string>

#include "google/protobuf/repeated_field.h"
#include "staraction/content/v1/contact.pb.h"
#include "staraction/engagement/v1/message.pb.h"

namespace staraction::engagement::domain {

// What the variables of a message's text stand for.
struct MessageVariables {
  std::string name;
  std::string client;
  std::string organization;
  std::string url;
  std::string note;
  google::protobuf::RepeatedPtrField<v1::OpenItem> items;
};

struct MessageText {
  std::string subject;
  std::string body;
};

// The template's text for one person. What a variable stands for is never looked at again: braces
// in a name stay braces.
MessageText FillTemplate(const content::v1::MessageTemplate& message,
                         const MessageVariables& variables);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_MESSAGE_TEXT_H_
