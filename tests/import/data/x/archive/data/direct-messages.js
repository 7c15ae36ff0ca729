window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "101-102",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "102",
            "reactions": [
              {
                "senderId": "102",
                "reactionKey": "like",
                "eventId": "8",
                "createdAt": "2022-10-04T17:00:00.000Z"
              }
            ],
            "urls": [],
            "text": "just between us",
            "mediaUrls": [],
            "senderId": "101",
            "id": "700",
            "createdAt": "2022-10-04T16:59:00.000Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "101",
            "reactions": [],
            "urls": [],
            "text": "yes",
            "mediaUrls": [],
            "senderId": "102",
            "id": "701",
            "createdAt": "2022-10-04T17:01:00.000Z"
          }
        }
      ]
    }
  }
]